-- The shipments of a day, those of a region, and those that were cancelled, each in the order of the lists. Most shipments stay
-- scheduled and are found without help.
create index shipments_by_day on shipments (ships_on, order_id);
create index shipments_by_region on shipments (country, order_id);
create index shipments_cancelled on shipments (order_id) where state = 'CANCELLED';
