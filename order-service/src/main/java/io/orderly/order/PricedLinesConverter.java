package io.orderly.order;

import jakarta.persistence.AttributeConverter;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Converts the lines of an order to and from the JSON column {@code orders.lines}. */
final class PricedLinesConverter implements AttributeConverter<List<PricedLine>, String> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<PricedLine>> LINES = new TypeReference<>() {};

    @Override
    public String convertToDatabaseColumn(List<PricedLine> lines) {
        return JSON.writeValueAsString(lines);
    }

    @Override
    public List<PricedLine> convertToEntityAttribute(String json) {
        return List.copyOf(JSON.readValue(json, LINES));
    }
}
