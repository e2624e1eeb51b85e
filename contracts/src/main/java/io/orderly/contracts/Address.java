package io.orderly.contracts;

import java.util.regex.Pattern;

/**
 * Where a parcel goes. Every part is one line that says something, in any script.
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

    /** @throws IllegalArgumentException naming the part that is missing, blank, too long or malformed */
    public Address {
        Require.text(name, "name", MAX_LENGTH);
        Require.text(street, "street", MAX_LENGTH);
        Require.text(city, "city", MAX_LENGTH);
        Require.text(postalCode, "postalCode", MAX_POSTAL_CODE_LENGTH);
        Require.present(country, "country");
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("country must be two capital letters");
        }
    }
}
