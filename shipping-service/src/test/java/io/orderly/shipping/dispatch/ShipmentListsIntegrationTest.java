package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.testing.RepositorySlice;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Window;

class ShipmentListsIntegrationTest extends RepositorySlice {

    @Autowired
    ShipmentLists lists;

    /** The requested shipments are found without reading the other rows. */
    @ParameterizedTest
    @CsvSource({
        ",,, 60",
        "SCHEDULED,,, 60",
        "CANCELLED,,, 60",
        ",2026-03-07,, 60",
        ",,YH, 60",
        ",2026-03-07,YH, 150",
        "CANCELLED,2026-03-07,YH, 400"
    })
    void aPageReadsFewRowsOfALargeTable(Shipment.State state, LocalDate day, String region, long mostRead) {
        jdbc.sql("""
                insert into capacity (region, day, slots)
                select 'Y' || chr(65 + region), date '2026-03-01' + day, 100
                  from generate_series(0, 9) as region, generate_series(0, 29) as day""").update();
        jdbc.sql("""
                insert into shipments (order_id, shipment_id, name, street, city, postal_code, country, ships_on, state)
                select uuidv7(), gen_random_uuid(), 'A', 'B', 'C', 'D', 'Y' || chr(65 + n % 10),
                       date '2026-03-01' + n / 10 % 30, case when n < 30000 then 'SCHEDULED' else 'CANCELLED' end
                  from (select generate_series(27000, 30299) union all select generate_series(1, 3000)) as numbers (n)""").update();
        long before = shipmentsRead();

        Window<Shipment> page = lists.newestFirst(new ShipmentFilter(state, day, region, null), 10);

        assertThat(page).isNotEmpty();
        assertThat(shipmentsRead() - before).isLessThan(mostRead);
    }

    /** Rows read in the current transaction. */
    private long shipmentsRead() {
        return jdbc.sql("""
                        select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables
                         where relname = 'shipments'""").query(Long.class).single();
    }
}
