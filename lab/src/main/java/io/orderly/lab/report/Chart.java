package io.orderly.lab.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line chart, and the geometry of its SVG drawing in pixels. Charts are as wide as a phone, so that their text has the same
 * size on every screen; a wider page shows several side by side. Lines differ in dashes as well as in colour.
 *
 * @param unit of the y axis
 * @param bands the times of faults
 * @param marks the starts of phases
 * @param dots values that are not connected
 */
record Chart(
        String title,
        String unit,
        Axis xAxis,
        Axis yAxis,
        String xUnit,
        List<Line> lines,
        List<Band> bands,
        List<Mark> marks,
        List<Dots> dots) {

    static final int WIDTH = 360;
    static final int HEIGHT = 200;

    /** The area of the lines, in pixels from the upper left corner of the drawing. */
    static final int LEFT = 46;

    static final int RIGHT = WIDTH - 12;
    static final int TOP = 16;
    static final int BOTTOM = HEIGHT - 34;

    /** A chart without dots. */
    Chart(
            String title,
            String unit,
            Axis xAxis,
            Axis yAxis,
            String xUnit,
            List<Line> lines,
            List<Band> bands,
            List<Mark> marks) {
        this(title, unit, xAxis, yAxis, xUnit, lines, bands, marks, List.of());
    }

    /**
     * A line.
     *
     * @param style the index of the line style, from 0
     * @param isThin whether it is one of many of the same name, and not in the legend
     */
    record Line(String name, int style, List<Point> points, boolean isThin) {

        Line(String name, int style, List<Point> points) {
            this(name, style, points, false);
        }

        Line thin() {
            return new Line(name, style, points, true);
        }
    }

    /**
     * Points of the same kind.
     *
     * @param style the name of their CSS class
     * @param shape of each, as the command of an SVG path: a dot, or a short stroke
     */
    record Dots(String name, String style, String shape, List<Point> points) {}

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

    /** A path with a mark for each point. */
    String path(Dots dots) {
        return dots.points().stream()
                .map(point -> "M%s %s%s".formatted(x(point.x()), y(point.y()), dots.shape()))
                .collect(Collectors.joining());
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

    /** The lines of the legend. */
    List<Line> named() {
        return lines.stream().filter(line -> !line.isThin()).toList();
    }

    String legend() {
        return Stream.concat(named().stream().map(Line::name), dots.stream().map(Dots::name))
                .collect(Collectors.joining(", "));
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
