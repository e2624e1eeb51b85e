package io.orderly.kit.openapi;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Derives the OpenAPI description of a service from its types. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ApiProperties.class)
class OpenApiAutoConfiguration {

    @Bean
    GlobalOpenApiCustomizer serviceInOpenApi(
            @Value("${spring.application.name}") String serviceName, ApiProperties properties) {
        return new ServiceInOpenApi(serviceName, properties);
    }

    @Bean
    GlobalOpenApiCustomizer pathVariablesInOpenApi() {
        return new PathVariablesInOpenApi();
    }

    @Bean
    OperationCustomizer statusInOpenApi() {
        return new StatusInOpenApi();
    }

    @Bean
    @Order(1)
    SealedTypeSchemas sealedTypeSchemas() {
        return new SealedTypeSchemas();
    }

    /** Registered later, so it is called first and can change the schemas of subtypes that are records. */
    @Bean
    @Order(2)
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    @Order(3)
    ContractSchemas contractSchemas() {
        return new ContractSchemas();
    }
}
