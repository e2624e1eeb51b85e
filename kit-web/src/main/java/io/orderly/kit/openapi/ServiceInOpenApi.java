package io.orderly.kit.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Sets the name, version and description of the service. */
final class ServiceInOpenApi implements GlobalOpenApiCustomizer {

    private final String serviceName;
    private final ApiProperties properties;

    ServiceInOpenApi(String serviceName, ApiProperties properties) {
        this.serviceName = serviceName;
        this.properties = properties;
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(new Info().title(serviceName).version(properties.version()).description(properties.description()));
    }
}
