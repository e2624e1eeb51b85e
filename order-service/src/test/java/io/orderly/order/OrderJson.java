package io.orderly.order;

/** Request bodies of orders. */
public final class OrderJson {

    /** The lines of an order of one lamp. */
    public static final String ONE_LAMP = "[{\"sku\":\"LAMP-1\",\"quantity\":1}]";

    private OrderJson() {}

    public static String order(String customer, String sku, int quantity) {
        return order(customer, "[{\"sku\":\"%s\",\"quantity\":%d}]".formatted(sku, quantity));
    }

    public static String order(String customer, String lines) {
        return """
                {"customer":"%s","lines":%s,"address":{"name":"Alice","street":"Lindenstr. 5","city":"Berlin",
                 "postalCode":"10969","country":"DE"}}""".formatted(customer, lines);
    }
}
