package io.orderly.antipatterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.security.Access;
import io.orderly.kit.testing.SignInMatrix;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class AccessIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void theEndpointsOfTheModulesAreForOperators(@Autowired ApplicationContext service) {
        Map<String, Access> rules = SignInMatrix.rules(service).entrySet().stream()
                .filter(rule -> rule.getKey().contains(" /anti-patterns/")
                        || rule.getKey().contains(" /actuator/faults"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(rules)
                .containsKey("POST /anti-patterns/distributed-transaction/orders")
                .allSatisfy((endpoint, access) -> assertThat(access).isEqualTo(Access.OPERATE));
    }
}
