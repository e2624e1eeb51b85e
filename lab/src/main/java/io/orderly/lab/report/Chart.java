package io.orderly.lab.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line chart, and the geometry of its SVG drawing in pixels. Charts are as wide as a phone, so that their text has the same
 * size on every screen; a wider page shows several side by side. Lines differ in dashes as well as in colour.
 *
 * @param unit of the y axis
 * @param bands the times of faults
 * @param marks the starts of phases
 */
record Chart(
        String title,
        String unit,
        Axis xAxis,
        Axis yAxis,
        String xUnit,
        List<Line> lines,
        List<Band> bands,
        List<Mark> marks) {

    static final int WIDTH = 360;
    static final int HEIGHT = 200;

    /** The area of the lines, in pixels from the upper left corner of the drawing. */
    static final int LEFT = 46;

    static final int RIGHT = WIDTH - 12;
    static final int TOP = 16;
    static final int BOTTOM = HEIGHT - 34;

    /** @param style the index of the line style, from 0 */
    record Line(String name, int style, List<Point> points) {}

    /** @param y NaN where there is no value: the line has a gap there */
    record Point(double x, double y) {}

    record Band(double from, double to, String title) {}

    record Mark(double at, String title) {}

    /** The commands of an SVG path. */
    String path(Line line) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Point point : line.points()) {
            boolean known = !Double.isNaN(point.y());
            if (known) {
                path.append(drawing ? 'L' : 'M')
                        .append(x(point.x()))
                        .append(' ')
                        .append(y(point.y()));
                // keeps a point between two gaps visible
                if (!drawing) {
                    path.append("h0.1");
                }
            }
            drawing = known;
        }
        return path.toString();
    }

    String x(double value) {
        return pixels(xPixels(value));
    }

    String y(double value) {
        return pixels(yPixels(value));
    }

    /** At least a pixel, so that a short fault is visible. */
    String width(Band band) {
        return pixels(Math.max(1, xPixels(band.to()) - xPixels(band.from())));
    }

    /** The baseline of a label of the y axis, which centres the text on the line of its tick. */
    String yOfLabel(double tick) {
        return pixels(yPixels(tick) + 3.5);
    }

    /** The place of a label of the x axis, which keeps the last label within the drawing. */
    String xOfLabel(double tick) {
        return pixels(Math.min(xPixels(tick), WIDTH - 2.0));
    }

    String anchorOfLabel(double tick) {
        return xAxis.position(tick) > 0.95 ? "end" : "middle";
    }

    String xOfLabel(Mark mark) {
        return pixels(xPixels(mark.at()) + 2);
    }

    String legend() {
        return lines.stream().map(Line::name).collect(Collectors.joining(", "));
    }

    private double xPixels(double value) {
        return LEFT + xAxis.position(value) * (RIGHT - LEFT);
    }

    private double yPixels(double value) {
        return BOTTOM - yAxis.position(value) * (BOTTOM - TOP);
    }

    /** A number of pixels as an SVG attribute. */
    static String pixels(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
