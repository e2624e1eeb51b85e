-- The payments of a customer, and those that came to nothing, in the order of the lists. Most payments end up charged and are
-- found without help; those that wait for the provider are found by payments_due.
create index payments_by_customer on payments (customer_id, order_id);
create index payments_not_charged on payments (state, order_id) where state in ('DECLINED', 'VOIDED', 'REFUNDED');
