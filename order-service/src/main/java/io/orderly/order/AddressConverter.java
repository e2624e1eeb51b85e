package io.orderly.order;

import io.orderly.contracts.Address;
import jakarta.persistence.AttributeConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The address of an order as the JSON that its row keeps. It is read unchecked: it was checked when it came in, by the rules of
 * that day, and an order whose address would be refused today must still be shown and undone.
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
