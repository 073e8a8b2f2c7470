CREATE TABLE customers (
  id bigint PRIMARY KEY,
  name text
);
CREATE TABLE coupons (
  id bigint PRIMARY KEY,
  code text
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint,
  coupon_id bigint
);
