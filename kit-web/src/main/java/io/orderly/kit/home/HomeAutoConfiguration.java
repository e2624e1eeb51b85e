package io.orderly.kit.home;

import io.orderly.kit.openapi.ApiProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Provides the page at {@code /}. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(HomeController.class)
class HomeAutoConfiguration {

    @Bean
    Links links(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        return new Links(mappings);
    }

    @Bean
    HomePage homePage(@Value("${spring.application.name}") String serviceName, ApiProperties api, Links links) {
        return new HomePage(serviceName, api, links);
    }
}
