package io.orderly.order.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes both versions of the list of orders, which are one operation of OpenAPI. An empty page is one of either version. */
@Component
class OrderListInOpenApi implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        Operation list = api.getPaths().get("/orders").getGet();
        list.setSummary("Orders, the newest first");
        list.setDescription(
                "In version 1 of the API, which is deprecated, with their lines and addresses; in version 2 without.");
        list.setDeprecated(null);
        ApiResponse page = list.getResponses().get("200");
        page.addHeaderObject(
                "Deprecation", header("Since when the version is deprecated (RFC 9745); absent if it is not."));
        page.addHeaderObject("Sunset", header("When the version ends (RFC 8594); absent if it does not."));
        page.getContent().values().forEach(content -> {
            Schema<?> schema = content.getSchema();
            schema.setAnyOf(schema.getOneOf());
            schema.setOneOf(null);
        });
    }

    private static Header header(String description) {
        return new Header().description(description).schema(new StringSchema());
    }
}
