package io.orderly.order.rows;

import io.orderly.contracts.Address;
import tools.jackson.databind.json.JsonMapper;

/**
 * An address as a row keeps it. It is read unchecked: it was checked when it came in, by the rules of that day, and an order
 * whose address would be refused today must still be shown and undone.
 */
public record StoredAddress(String name, String street, String city, String postalCode, String country) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @param json as it stands in the row */
    public static Address read(String json) {
        StoredAddress stored = JSON.readValue(json, StoredAddress.class);
        return new Address(stored.name, stored.street, stored.city, stored.postalCode, stored.country);
    }
}
