package io.orderly.lab.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line chart. It is as wide as a phone, so that its letters are of the same size everywhere; a wider page shows more of them
 * side by side. Lines differ in dashes as well as in colour.
 *
 * @param unit of the values upwards
 * @param bands stretches of the x axis in which something was broken
 * @param marks where phases begin
 */
record Chart(
        String title,
        String unit,
        Axis across,
        Axis upwards,
        String acrossUnit,
        List<Line> lines,
        List<Band> bands,
        List<Mark> marks) {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 200;
    private static final int LEFT = 46;
    private static final int RIGHT = 12;
    private static final int TOP = 16;
    private static final int BOTTOM = 34;

    /** @param style which of the eight there are */
    record Line(String name, int style, List<Point> points) {}

    /** @param y not a number where nothing is known: the line has a gap there */
    record Point(double x, double y) {}

    record Band(double from, double to, String title) {}

    record Mark(double at, String title) {}

    void writeTo(Markup page) {
        page.begin("figure");
        page.begin("figcaption").element("b", title).text(unit.isEmpty() ? "" : ", " + unit);
        page.begin("span", "class", "legend");
        for (Line line : lines) {
            page.begin("span")
                    .trusted(
                            "<svg viewBox=\"0 0 24 8\" class=\"key\" aria-hidden=\"true\"><line x1=\"0\" y1=\"4\" x2=\"24\" y2=\"4\" class=\"line s"
                                    + line.style() + "\"/></svg>")
                    .text(line.name())
                    .end();
        }
        page.end().end();
        page.begin(
                "svg",
                "viewBox",
                "0 0 %d %d".formatted(WIDTH, HEIGHT),
                "role",
                "img",
                "aria-label",
                title + ": " + legend());
        for (Band band : bands) {
            double from = x(band.from());
            page.begin(
                            "rect",
                            "class",
                            "band",
                            "x",
                            at(from),
                            "y",
                            TOP,
                            "width",
                            at(Math.max(1, x(band.to()) - from)),
                            "height",
                            HEIGHT - TOP - BOTTOM)
                    .element("title", band.title())
                    .end();
        }
        for (double tick : upwards.ticks()) {
            page.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", at(y(tick)), "y2", at(y(tick)));
            page.element("text", Axis.label(tick), "x", LEFT - 5, "y", at(y(tick) + 3.5), "text-anchor", "end");
        }
        for (double tick : across.ticks()) {
            // the last one would reach beyond the edge
            String anchor = across.place(tick) > 0.95 ? "end" : "middle";
            page.element(
                    "text",
                    Axis.label(tick),
                    "x",
                    at(Math.min(x(tick), WIDTH - 2.0)),
                    "y",
                    HEIGHT - BOTTOM + 14,
                    "text-anchor",
                    anchor);
        }
        page.element("text", acrossUnit, "x", WIDTH - RIGHT, "y", HEIGHT - 5, "text-anchor", "end", "class", "unit");
        for (Mark mark : marks) {
            page.empty(
                    "line",
                    "class",
                    "mark",
                    "x1",
                    at(x(mark.at())),
                    "x2",
                    at(x(mark.at())),
                    "y1",
                    TOP,
                    "y2",
                    HEIGHT - BOTTOM);
            page.element("text", mark.title(), "x", at(x(mark.at()) + 2), "y", TOP - 5, "class", "mark");
        }
        for (Line line : lines) {
            page.empty("path", "class", "line s" + line.style(), "d", path(line));
        }
        page.end().end();
    }

    private String path(Line line) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Point point : line.points()) {
            boolean known = !Double.isNaN(point.y());
            if (known) {
                path.append(drawing ? 'L' : 'M')
                        .append(at(x(point.x())))
                        .append(' ')
                        .append(at(y(point.y())));
                // a point between gaps is still to be seen
                if (!drawing) {
                    path.append("h0.1");
                }
            }
            drawing = known;
        }
        return path.toString();
    }

    private double x(double value) {
        return LEFT + across.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - upwards.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private String legend() {
        return lines.stream().map(Line::name).collect(Collectors.joining(", "));
    }
}
