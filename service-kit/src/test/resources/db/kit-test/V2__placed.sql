create table placed (
    order_id uuid primary key,
    customer text not null,
    note     text
);
