package io.orderly.kit.unitofwork;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the columns of one statement, which unnests them: an array parameter for each column, with a value for each row.
 *
 * @param rows in the order of the values
 * @param <R> what a row is made from
 */
public record Columns<R>(List<R> rows) {

    public Columns {
        rows = List.copyOf(rows);
    }

    /**
     * One column.
     *
     * @param value that of a row; may be null
     * @param array makes an array of the column's type
     */
    public <T> @Nullable T[] of(Function<? super R, ? extends @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** A column that PostgreSQL reads from text: of enums, times, or text. */
    public @Nullable String[] text(Function<? super R, ? extends @Nullable Object> value) {
        return of(row -> asText(value.apply(row)), String[]::new);
    }

    private static @Nullable String asText(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Enum<?> each -> each.name();
            default -> value.toString();
        };
    }
}
