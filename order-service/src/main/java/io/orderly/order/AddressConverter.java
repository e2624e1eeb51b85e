package io.orderly.order;

import io.orderly.contracts.Address;
import jakarta.persistence.AttributeConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts the address of an order to and from the JSON column {@code orders.address}. A stored address is not validated again: it
 * was validated when the order was placed, and an order whose address violates a newer rule must still be readable and compensable.
 */
final class AddressConverter implements AttributeConverter<Address, String> {

    private static final JsonMapper JSON = new JsonMapper();

    private record Parts(String name, String street, String city, String postalCode, String country) {}

    @Override
    public String convertToDatabaseColumn(Address address) {
        return JSON.writeValueAsString(address);
    }

    @Override
    public Address convertToEntityAttribute(String json) {
        Parts parts = JSON.readValue(json, Parts.class);
        return new Address(parts.name, parts.street, parts.city, parts.postalCode, parts.country);
    }
}
