create table effects (
    order_id uuid not null,
    step     text not null
);
