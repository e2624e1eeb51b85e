package io.orderly.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every record of a message checks of its parts, since JSON may leave out anything. */
public final class Require {

    private Require() {}

    /** @throws IllegalArgumentException naming the field, if the value is missing */
    public static void present(@Nullable Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    /**
     * @return an unmodifiable copy
     * @throws IllegalArgumentException naming the field, if the list is missing or empty
     */
    public static <T> List<T> notEmpty(@Nullable List<T> values, String field) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing or empty");
        }
        return List.copyOf(values);
    }

    /** @throws IllegalArgumentException naming the field, if the amount is missing or not above zero */
    public static void positive(@Nullable Money amount, String field) {
        if (amount == null || !amount.isPositive()) {
            throw new IllegalArgumentException(field + " must be above zero, was " + amount);
        }
    }
}
