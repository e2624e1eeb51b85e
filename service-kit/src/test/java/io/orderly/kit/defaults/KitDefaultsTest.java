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

    /** Otherwise the value would depend on the order of the class path. */
    @Test
    void aSettingIsInTheDefaultsOfOnlyOneModule() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources(KitDefaults.LOCATION_PATTERN);
        List<String> names = new ArrayList<>();
        for (Resource file : files) {
            for (PropertySource<?> source : new YamlPropertySourceLoader().load("defaults", file)) {
                names.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
            }
        }

        assertThat(files).hasSize(3);
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }
}
