package io.orderly.shipping;

import io.orderly.kit.testing.OptionalModules;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

class OptionalModulesIntegrationTest extends ShippingIntegrationTest {

    @Test
    void theServiceDoesNotContainOptionalModules(@Autowired ApplicationContext service, @LocalServerPort int port)
            throws Exception {
        OptionalModules.assertAbsent(service, port);
    }
}
