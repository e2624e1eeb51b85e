package io.orderly.order;

import org.hibernate.cfg.MappingSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Has Hibernate write JSON columns as messages are written; left alone it would find Jackson 2, or imitate it. */
@Configuration(proxyBeanMethods = false)
class OrderJson {

    @Bean
    HibernatePropertiesCustomizer jsonColumns() {
        return properties ->
                properties.put(MappingSettings.JSON_FORMAT_MAPPER, new Jackson3JsonFormatMapper(new JsonMapper()));
    }
}
