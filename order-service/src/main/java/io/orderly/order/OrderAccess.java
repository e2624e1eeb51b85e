package io.orderly.order;

import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the endpoints of this service need. */
@Configuration(proxyBeanMethods = false)
class OrderAccess {

    @Bean
    AccessRules accessToOrders() {
        return AccessRules.none()
                .with(Access.READ, HttpMethod.GET, "/orders", "/orders/{id}")
                .with(Access.READ, HttpMethod.GET, "/orders/{id}/timeline", "/orders/{id}/events")
                .with(Access.WRITE, HttpMethod.POST, "/orders", "/orders/{id}/cancellation")
                .with(Access.READ, HttpMethod.GET, "/products/details", "/products/{sku}/details")
                .with(Access.OPERATE, HttpMethod.GET, "/sagas", "/sagas/{id}")
                .with(
                        Access.OPERATE,
                        HttpMethod.POST,
                        "/sagas/{id}/retry",
                        "/sagas/{id}/park",
                        "/sagas/{id}/compensate");
    }
}
