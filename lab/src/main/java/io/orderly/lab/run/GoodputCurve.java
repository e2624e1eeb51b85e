package io.orderly.lab.run;

import java.util.List;

/**
 * When orders came to their right end within the objective, at a resolution of 100 ms. Times are in seconds since the start of the load.
 *
 * @param tenths the number of orders in each tenth of a second
 */
record GoodputCurve(List<Integer> tenths) {

    static final int PER_SECOND = 10;

    /** The tenth of a second that contains a time. */
    static int tenth(double seconds) {
        return (int) Math.floor(seconds * PER_SECOND);
    }

    /** The number of orders from a tenth to another, exclusive. */
    int orders(int from, int to) {
        int orders = 0;
        for (int tenth = Math.max(from, 0); tenth < Math.min(to, tenths.size()); tenth++) {
            orders += tenths.get(tenth);
        }
        return orders;
    }

    /** Orders per second between two times; 0 if there is no time between them. */
    double perSecond(double from, double to) {
        int begin = tenth(from);
        int end = tenth(to);
        return end <= begin ? 0 : orders(begin, end) * (double) PER_SECOND / (end - begin);
    }
}
