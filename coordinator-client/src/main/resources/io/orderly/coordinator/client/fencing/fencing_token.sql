-- The highest fencing token that each resource was used with.
CREATE TABLE fencing_token (
    resource text PRIMARY KEY,
    token bigint NOT NULL CHECK (token > 0)
);
