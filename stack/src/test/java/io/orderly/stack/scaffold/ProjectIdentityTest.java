package io.orderly.stack.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectIdentityTest {

    private static final ProjectIdentity SHOP = new ProjectIdentity("my-shop", "com.example.shop");

    @ParameterizedTest
    @ValueSource(strings = {"", "My-Shop", "1shop", "shop-", "my--shop", "my shop", "my_shop", "../shop", "größe"})
    void refusesAnIllegalName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectIdentity(name, "com.example.shop"))
                .withMessage(
                        "the name '%s' is not lower-case letters, digits and single hyphens, such as my-shop", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "com.",
                "com..shop",
                "com.Example",
                "com.example.my-shop",
                "com.class.shop",
                "com/shop",
                "1a"
            })
    void refusesAnIllegalPackage(String packageName) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectIdentity("my-shop", packageName))
                .withMessage("'%s' is not a lower-case Java package, such as com.example.shop", packageName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "java.shop", "javax.shop"})
    void refusesAPackageOfTheJdk(String packageName) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectIdentity("my-shop", packageName))
                .withMessage("the package '%s' belongs to the JDK", packageName);
    }

    @ParameterizedTest
    @CsvSource({
        "package io.orderly.kit.web;,            package com.example.shop.kit.web;",
        "src/main/java/io/orderly/kit/Kit.java,  src/main/java/com/example/shop/kit/Kit.java",
        "'^io\\.orderly\\.',                     '^com\\.example\\.shop\\.'",
        "orderly.outbox.depth,                   my-shop.outbox.depth",
        "ORDERLY_OUTBOX_DEPTH,                   MYSHOP_OUTBOX_DEPTH",
        "Starting Orderly;,                      Starting my-shop;",
        "<artifactId>orderly</artifactId>,       <artifactId>my-shop</artifactId>"
    })
    void renamesPackagesPathsKeysAndTexts(String text, String renamed) {
        assertThat(SHOP.rename(text)).isEqualTo(renamed);
    }

    @ParameterizedTest
    @CsvSource({
        "orderly-two, com.acme.orderly, package io.orderly.kit;,             package com.acme.orderly.kit;",
        "orderly-two, com.acme.orderly, src/main/java/io/orderly/Kit.java,   src/main/java/com/acme/orderly/Kit.java",
        "orderly-two, com.acme.orderly, '^io\\.orderly\\.',                  '^com\\.acme\\.orderly\\.'",
        "orderly-two, com.acme.orderly, ORDERLY_HTTP orderly.http Orderly,   ORDERLYTWO_HTTP orderly-two.http orderly-two",
        "my-shop,     io.orderly.shop,  package io.orderly.kit;,             package io.orderly.shop.kit;",
        "my-shop,     io.orderly.shop,  src/main/java/io/orderly/Kit.java,   src/main/java/io/orderly/shop/Kit.java",
        "my-shop,     io.orderly.shop,  '^io\\.orderly\\.',                  '^io\\.orderly\\.shop\\.'",
        "orderly,     io.orderly,       io.orderly ORDERLY_HTTP orderly.http, io.orderly ORDERLY_HTTP orderly.http"
    })
    void doesNotRenameWhatItHasRenamed(String name, String packageName, String text, String renamed) {
        assertThat(new ProjectIdentity(name, packageName).rename(text)).isEqualTo(renamed);
    }

    @Test
    void doesNotRenameOrdersAndTheirService() {
        assertThat(SHOP.rename("order-service orders ORDER_EVENTS")).isEqualTo("order-service orders ORDER_EVENTS");
    }
}
