package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A stock keeping unit: the id of a product in the catalogue and in stock. */
public record Sku(@JsonValue String value) implements Comparable<Sku> {

    /** Maximum length in characters. */
    public static final int MAX_LENGTH = 40;

    private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9-]{0," + (MAX_LENGTH - 1) + "}");

    /** @throws IllegalArgumentException unless it is 1 to 40 of A-Z, 0-9 and '-', not starting with '-' */
    @JsonCreator
    public Sku {
        Require.present(value, "a SKU");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be 1 to 40 of A-Z, 0-9 and '-', not beginning with '-'");
        }
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
