package io.orderly.payment;

import io.orderly.kit.testing.OnlyPatterns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

class OnlyPatternsIntegrationTest extends PaymentIntegrationTest {

    @Test
    void hasNothingOfTheModulesFromOutside(@Autowired ApplicationContext service, @LocalServerPort int port)
            throws Exception {
        OnlyPatterns.check(service, port);
    }
}
