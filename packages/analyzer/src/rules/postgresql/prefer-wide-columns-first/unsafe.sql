CREATE TABLE refunds (final boolean, id bigint, partial boolean, order_id bigint);
