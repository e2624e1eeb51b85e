package io.orderly.shipping;

import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the endpoints of this service need. */
@Configuration(proxyBeanMethods = false)
class ShippingAccess {

    /** Shipments are for operators: this service does not know of which customer an order is. */
    @Bean
    AccessRules accessToShipments() {
        return AccessRules.none()
                .with(Access.READ, HttpMethod.GET, "/capacity")
                .with(Access.OPERATE, HttpMethod.GET, "/shipments", "/shipments/{orderId}");
    }
}
