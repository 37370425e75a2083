extension LessonRun {
  func verify(_ folder: String) throws -> Int32 { 1 }
}
