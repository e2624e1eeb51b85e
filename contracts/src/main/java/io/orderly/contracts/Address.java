package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;

/**
 * The address of a parcel. Every part is one line of visible text, in any script. Use {@link #of} for new values; the
 * constructor also accepts stored values that were valid under an older rule.
 *
 * @param name at most 200 characters, as are street and city
 * @param postalCode at most 20 characters
 * @param country two capital letters, ISO 3166-1; the region whose capacity a shipment uses
 */
public record Address(String name, String street, String city, String postalCode, String country) {

    /** Longest name, street and city, in characters. */
    public static final int MAX_LENGTH = 200;

    /** Longest postal code, in characters. */
    public static final int MAX_POSTAL_CODE_LENGTH = 20;

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /** @throws IllegalArgumentException naming the part that is missing */
    public Address {
        Require.present(name, "name");
        Require.present(street, "street");
        Require.present(city, "city");
        Require.present(postalCode, "postalCode");
        Require.present(country, "country");
    }

    /** @throws IllegalArgumentException naming every part that is missing, invisible, too long or malformed */
    @JsonCreator
    public static Address of(String name, String street, String city, String postalCode, String country) {
        Require.all(
                () -> Require.text(name, "name", MAX_LENGTH),
                () -> Require.text(street, "street", MAX_LENGTH),
                () -> Require.text(city, "city", MAX_LENGTH),
                () -> Require.text(postalCode, "postalCode", MAX_POSTAL_CODE_LENGTH),
                () -> requireCountry(country));
        return new Address(name, street, city, postalCode, country);
    }

    private static void requireCountry(String country) {
        Require.present(country, "country");
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("country must be two capital letters");
        }
    }
}
