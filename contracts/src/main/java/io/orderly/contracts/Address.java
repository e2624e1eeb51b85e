package io.orderly.contracts;

/**
 * Where a parcel goes.
 *
 * @param country two capital letters, ISO 3166-1; the region whose capacity a shipment uses
 */
public record Address(String name, String street, String city, String postalCode, String country) {

    public Address {
        Require.present(name, "name");
        Require.present(street, "street");
        Require.present(city, "city");
        Require.present(postalCode, "postalCode");
        Require.present(country, "country");
    }
}
