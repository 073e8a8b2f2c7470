CREATE TABLE refunds (id bigint PRIMARY KEY, reason varchar(40));
