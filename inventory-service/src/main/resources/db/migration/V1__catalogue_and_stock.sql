-- SKUs sort by code point, here as in the services: one order for pages and for locks, whatever the server's collation.
create table products (
    sku         text collate "C" primary key,
    name        text           not null,
    description text           not null,
    category    text           not null,
    price       numeric(19, 2) not null check (price > 0),
    currency    text           not null check (currency ~ '^[A-Z]{3}$'),
    version     bigint         not null default 1 check (version >= 1)
);

create index products_by_category on products (category, sku);

create table reviews (
    id         bigint generated always as identity primary key,
    sku        text collate "C" not null references products,
    author     text             not null,
    rating     int              not null check (rating between 1 and 5),
    body       text             not null,
    written_on date             not null
);

create index reviews_by_sku on reviews (sku, written_on desc, id desc);

-- Reserving moves units from on_hand to reserved, committing from reserved to shipped, releasing back to on_hand. Whatever
-- a program does, no row leaves this table with fewer than none or with a unit too many.
-- Rows are updated all the time and never grow: half-empty pages keep their versions, and the index untouched.
create table stock (
    sku       text collate "C" primary key references products,
    seeded    bigint not null,
    restocked bigint not null default 0,
    on_hand   bigint not null,
    reserved  bigint not null default 0,
    shipped   bigint not null default 0,
    constraint stock_never_below_zero
        check (seeded >= 0 and restocked >= 0 and on_hand >= 0 and reserved >= 0 and shipped >= 0),
    constraint stock_conserved
        check (on_hand + reserved + shipped = seeded + restocked)
) with (fillfactor = 50);

-- The journal behind stock.restocked.
create table restocks (
    id           uuid primary key,
    sku          text collate "C" not null references stock,
    quantity     bigint           not null check (quantity > 0),
    restocked_at timestamptz      not null
);

create index restocks_by_sku on restocks (sku);

-- One row per order and product, kept as long as the order. The units RESERVED and SHIPPED here add up to stock.reserved
-- and stock.shipped.
create table reservations (
    order_id uuid             not null,
    sku      text collate "C" not null references stock,
    quantity bigint           not null check (quantity > 0),
    state    text             not null check (state in ('RESERVED', 'SHIPPED', 'RELEASED')),
    primary key (order_id, sku)
) with (fillfactor = 70);

-- Holds its one row once the catalogue has been seeded.
create table catalogue_seeding (
    only_row  boolean     primary key default true check (only_row),
    seeded_at timestamptz not null
);
