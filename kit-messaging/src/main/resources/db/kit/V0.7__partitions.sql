-- The partition of a key, as io.orderly.partitions.PartitionId computes it: FNV-1a with 64 bits, mixed by fmix64. For rows that were written before
-- they had a partition, and for operators; it takes too long for each insert. PostgreSQL has no unsigned integers: products are numeric.
create function partition_of(key text) returns smallint language plpgsql immutable strict parallel safe as $$
declare
    modulus constant numeric := 18446744073709551616;
    bytes   constant bytea   := convert_to(key, 'UTF8');
    factors constant numeric[] := array[18397679294719823053, 14181476777654086739, 0];
    hash    bigint := -3750763034362895579;
    product numeric;
begin
    for i in 0 .. octet_length(bytes) - 1 loop
        hash := hash # get_byte(bytes, i);
        product := mod((hash::numeric + modulus) * 1099511628211, modulus);
        hash := case when product * 2 >= modulus then product - modulus else product end;
    end loop;
    for i in 1 .. 3 loop
        hash := hash # ((hash >> 33) & 2147483647);
        if factors[i] > 0 then
            product := mod((hash::numeric + modulus) * factors[i], modulus);
            hash := case when product * 2 >= modulus then product - modulus else product end;
        end if;
    end loop;
    return (hash >> 58) & 63;
end $$;

alter table outbox add column partition_id smallint;
update outbox set partition_id = partition_of(message_key);
alter table outbox alter column partition_id set not null;

-- The highest token that each partition was owned with; a transaction of an earlier owner is refused. Tokens change when partitions
-- move, but every transaction of an owner locks its rows, which leaves no dead rows.
create table partition_tokens (
    partition_id smallint primary key check (partition_id between 0 and 63),
    token        bigint not null default 0
) with (fillfactor = 50);
insert into partition_tokens (partition_id) select generate_series(0, 63);
