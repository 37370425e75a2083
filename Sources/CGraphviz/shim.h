#pragma once
#include <gvc.h>
#include <string.h>

// Graphviz prints its errors; here they are kept for the caller.
#define GRAPHVIZ_ROOM 512
static inline char *graphviz_message(void) {
  static char text[GRAPHVIZ_ROOM];
  return text;
}

static inline int graphviz_keep_message(char *text) {
  size_t used = strlen(graphviz_message());
  strncat(graphviz_message(), text, GRAPHVIZ_ROOM - used - 1);
  return 0;
}

// A default that the drawing itself has not set.
static inline void graphviz_default(graph_t *graph, int kind, char *name, char *value) {
  if (!agattr(graph, kind, name, NULL)) agattr(graph, kind, name, value);
}

// Lays out DOT text with the engine `dot`. On success *svg is set, to be freed with graphviz_free.
// On failure *svg is NULL and the reason is returned, valid until the next call.
static inline const char *graphviz_svg(const char *text, char **svg) {
  *svg = NULL;
  graphviz_message()[0] = 0;
  agusererrf earlier = agseterrf(graphviz_keep_message);
  GVC_t *context = gvContext();
  graph_t *graph = context ? agmemread(text) : NULL;
  if (graph) {
    graphviz_default(graph, AGNODE, "fontname", "Helvetica,Arial,sans-serif");
    graphviz_default(graph, AGEDGE, "fontname", "Helvetica,Arial,sans-serif");
    graphviz_default(graph, AGRAPH, "fontname", "Helvetica,Arial,sans-serif");
    if (gvLayout(context, graph, "dot") == 0) {
      // The length is an int or a size_t, depending on the version; the text ends with a zero.
      size_t length[2] = {0, 0};
      if (gvRenderData(context, graph, "svg", svg, (void *)length) != 0) *svg = NULL;
      gvFreeLayout(context, graph);
    }
    agclose(graph);
  }
  if (context) gvFreeContext(context);
  agseterrf(earlier);
  return *svg ? NULL : graphviz_message();
}

static inline void graphviz_free(char *svg) { gvFreeRenderData(svg); }
