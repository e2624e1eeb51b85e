package io.orderly.antipatterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings to start a single service, although all services with their defaults are on the class path. */
public final class SingleServiceSettings {

    private static final String DEFAULTS = "spring.config.location=file:../";
    private static final String MIGRATIONS = "spring.flyway.locations=classpath:db/kit,filesystem:../";
    private static final String APPLICATION = "/src/main/resources/application.yaml";
    private static final String FOLDER = "/src/main/resources/db/migration";

    public static final String ORDER_DEFAULTS = DEFAULTS + "order-service" + APPLICATION;
    public static final String ORDER_MIGRATIONS = MIGRATIONS + "order-service" + FOLDER;
    public static final String INVENTORY_DEFAULTS = DEFAULTS + "inventory-service" + APPLICATION;
    public static final String INVENTORY_MIGRATIONS = MIGRATIONS + "inventory-service" + FOLDER;
    public static final String PAYMENT_DEFAULTS = DEFAULTS + "payment-service" + APPLICATION;
    public static final String PAYMENT_MIGRATIONS = MIGRATIONS + "payment-service" + FOLDER;
    public static final String SHIPPING_DEFAULTS = DEFAULTS + "shipping-service" + APPLICATION;
    public static final String SHIPPING_MIGRATIONS = MIGRATIONS + "shipping-service" + FOLDER;

    private SingleServiceSettings() {}

    /** The settings as program arguments. */
    public static String[] arguments(String defaults, String migrations, Map<String, String> more) {
        var all = new ArrayList<>(List.of("--" + defaults, "--" + migrations, "--server.port=0"));
        more.forEach((name, value) -> all.add("--%s=%s".formatted(name, value)));
        return all.toArray(String[]::new);
    }
}
