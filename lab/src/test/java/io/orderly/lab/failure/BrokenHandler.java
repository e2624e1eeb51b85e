package io.orderly.lab.failure;

import io.orderly.backends.Database;
import io.orderly.lab.system.IsolatedSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Makes the shipping-service's handler fail for one parcel until it is closed. It simulates a bug or invalid data: the
 * database rejects the row, also on retries.
 */
final class BrokenHandler implements AutoCloseable {

    static final String ERROR = "this parcel cannot be carried";

    private final JdbcClient shipping;

    private BrokenHandler(JdbcClient shipping) {
        this.shipping = shipping;
    }

    /** @param name the name in the address of the parcel */
    static BrokenHandler ofParcel(IsolatedSystem system, String name) {
        Database database = system.database("shipping");
        JdbcClient shipping = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        shipping.sql("""
                create function refuse_parcel() returns trigger language plpgsql as
                $$ begin raise exception '%s'; end $$""".formatted(ERROR)).update();
        shipping.sql("""
                create trigger refuse_parcel before insert on shipments
                for each row when (new.name = '%s') execute function refuse_parcel()""".formatted(name)).update();
        return new BrokenHandler(shipping);
    }

    @Override
    public void close() {
        shipping.sql("drop trigger refuse_parcel on shipments").update();
        shipping.sql("drop function refuse_parcel").update();
    }
}
