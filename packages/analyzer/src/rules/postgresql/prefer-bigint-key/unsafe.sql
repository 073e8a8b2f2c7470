CREATE TABLE refunds (id integer PRIMARY KEY);
