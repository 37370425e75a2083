#pragma once
#include <gvc.h>
#include <stdio.h>
#include <stdlib.h>
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

// Graphviz sorts subgraphs by the addresses of their names, so two equal runs could draw clusters in
// different orders. Here a name has the number of its first use instead: 2, 4, 6 …; what has no name,
// 1, 3, 5 ….
struct graphviz_names {
  char **names;
  size_t count, room, nameless;
};

static inline struct graphviz_names *graphviz_known(void) {
  static struct graphviz_names known;
  return &known;
}

static inline __typeof__(AgIdDisc.map(0, 0, 0, 0, 0)) graphviz_number_of_name(
    void *state, int kind, char *name, IDTYPE *id, int create) {
  (void)state, (void)kind;
  struct graphviz_names *known = graphviz_known();
  if (!name) {
    *id = 2 * known->nameless++ + 1;
    return 1;
  }
  for (size_t i = 0; i < known->count; i++) {
    if (strcmp(known->names[i], name) == 0) {
      *id = 2 * (i + 1);
      return 1;
    }
  }
  if (!create) return 0;
  if (known->count == known->room) {
    size_t room = 2 * known->room + 64;
    char **names = (char **)realloc(known->names, room * sizeof(char *));
    if (!names) return 0;
    known->names = names;
    known->room = room;
  }
  char *copy = strdup(name);
  if (!copy) return 0;
  known->names[known->count++] = copy;
  *id = 2 * known->count;
  return 1;
}

static inline char *graphviz_name_of_number(void *state, int kind, IDTYPE id) {
  (void)state, (void)kind;
  struct graphviz_names *known = graphviz_known();
  return id % 2 == 0 && id / 2 <= known->count ? known->names[id / 2 - 1] : NULL;
}

static inline void graphviz_keep_number(void *state, int kind, IDTYPE id) {
  (void)state, (void)kind, (void)id;
}

static inline void graphviz_forget_names(void) {
  struct graphviz_names *known = graphviz_known();
  for (size_t i = 0; i < known->count; i++) free(known->names[i]);
  free(known->names);
  memset(known, 0, sizeof *known);
}

static inline graph_t *graphviz_read(const char *text) {
  static Agiddisc_t numbers;  // the graph keeps a pointer to it
  numbers = AgIdDisc;
  numbers.map = graphviz_number_of_name;
  numbers.print = graphviz_name_of_number;
  numbers.free = graphviz_keep_number;
  Agdisc_t disciplines = AgDefaultDisc;
  disciplines.id = &numbers;
  FILE *file = fmemopen((void *)text, strlen(text), "r");
  if (!file) return NULL;
  agreadline(1);
  graph_t *graph = agread(file, &disciplines);
  fclose(file);
  return graph;
}

// Lays out DOT text with the engine `dot`. On success *svg is set, to be freed with graphviz_free.
// On failure *svg is NULL and the reason is returned, valid until the next call.
static inline const char *graphviz_svg(const char *text, char **svg) {
  *svg = NULL;
  graphviz_message()[0] = 0;
  agusererrf earlier = agseterrf(graphviz_keep_message);
  GVC_t *context = gvContext();
  graph_t *graph = context ? graphviz_read(text) : NULL;
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
  graphviz_forget_names();
  agseterrf(earlier);
  return *svg ? NULL : graphviz_message();
}

static inline void graphviz_free(char *svg) { gvFreeRenderData(svg); }
