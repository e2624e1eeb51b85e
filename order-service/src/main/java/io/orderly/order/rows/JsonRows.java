package io.orderly.order.rows;

import java.util.Collection;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as the parameter of {@code json_populate_recordset(null::table, ?::json)}. Components are named like the table's
 * columns, in camel case.
 */
public final class JsonRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private JsonRows() {}

    public static String of(Collection<? extends Record> rows) {
        return JSON.writeValueAsString(rows);
    }
}
