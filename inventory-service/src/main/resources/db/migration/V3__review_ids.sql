-- Ids are taken a hundred at a time before the rows are inserted. With an identity column each insert would be a round trip.
alter table reviews alter column id drop identity;
create sequence review_ids increment by 100 owned by reviews.id;
select setval('review_ids', max(id)) from reviews having max(id) is not null;
