-- Which orders hold or took units of a product. No update of a reservation touches it.
create index reservations_by_sku on reservations (sku, order_id);
