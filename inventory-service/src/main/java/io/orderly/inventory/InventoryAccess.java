package io.orderly.inventory;

import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the endpoints of this service need. */
@Configuration(proxyBeanMethods = false)
class InventoryAccess {

    /** Reservations are for operators: this service does not know of which customer an order is. */
    @Bean
    AccessRules accessToInventory() {
        return AccessRules.none()
                .with(Access.READ, HttpMethod.GET, "/products", "/products/details")
                .with(Access.READ, HttpMethod.GET, "/products/{sku}", "/products/{sku}/details")
                .with(Access.READ, HttpMethod.GET, "/products/{sku}/reviews", "/products/{sku}/stock")
                .with(Access.OPERATE, HttpMethod.PUT, "/products/{sku}/price")
                .with(Access.OPERATE, HttpMethod.POST, "/products/{sku}/restock")
                .with(Access.OPERATE, HttpMethod.GET, "/products/{sku}/reservations", "/reservations/{orderId}")
                .with(Access.OPERATE, HttpMethod.GET, "/shards")
                .with(Access.OPERATE, HttpMethod.POST, "/shards/splits", "/shards/merges");
    }
}
