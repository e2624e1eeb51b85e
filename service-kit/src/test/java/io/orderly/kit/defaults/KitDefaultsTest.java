package io.orderly.kit.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class KitDefaultsTest {

    /** Or else the order of the class path would decide. */
    @Test
    void noTwoPartsHaveASettingInCommon() throws IOException {
        Resource[] parts = new PathMatchingResourcePatternResolver().getResources(KitDefaults.OF_EACH_PART);
        List<String> names = new ArrayList<>();
        for (Resource part : parts) {
            for (PropertySource<?> source : new YamlPropertySourceLoader().load("part", part)) {
                names.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
            }
        }

        assertThat(parts).hasSize(3);
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }
}
