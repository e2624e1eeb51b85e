package io.orderly.payment;

import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the endpoints of this service need. */
@Configuration(proxyBeanMethods = false)
class PaymentAccess {

    @Bean
    AccessRules accessToPayments() {
        return AccessRules.none()
                .with(Access.READ, HttpMethod.GET, "/payments", "/payments/{orderId}")
                .with(Access.READ, HttpMethod.GET, "/accounts/{customer}", "/accounts/{customer}/entries")
                .with(Access.WRITE, HttpMethod.POST, "/accounts/{customer}/deposits")
                .with(Access.OPERATE, HttpMethod.GET, "/accounts", "/reconciliation");
    }
}
