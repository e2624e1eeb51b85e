package io.orderly.kit.unitofwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private final Columns<Row> columns = new Columns<>(
            List.of(new Row(3, TimeUnit.DAYS, Instant.parse("2026-01-02T03:04:05.000006Z")), new Row(1, null, null)));

    @Test
    void aColumnHasTheValuesInTheOrderOfTheRows() {
        assertThat(columns.of(Row::number, Integer[]::new)).containsExactly(3, 1);
    }

    @Test
    void enumsAndTimesAreText() {
        assertThat(columns.text(Row::unit)).containsExactly("DAYS", null);
        assertThat(columns.text(Row::time)).containsExactly("2026-01-02T03:04:05.000006Z", null);
    }

    @Test
    void withoutRowsAColumnIsEmpty() {
        assertThat(new Columns<Row>(List.of()).text(Row::unit)).isEmpty();
    }

    private record Row(
            int number, @Nullable TimeUnit unit, @Nullable Instant time) {}
}
